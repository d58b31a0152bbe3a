import type { EvidenceOrigin } from "./origins";

/** What an evidence layer is, apart from its values. */
export interface EvidenceDescription {
  /** camelCase id used in keys, such as "distanceToFault". */
  readonly id: string;
  /** Short label for axes and tables, such as "DTF". */
  readonly label: string;
  readonly title: string;
  readonly unit: string;
  /** Whether high or low values are held favourable beforehand; null when nothing is held. */
  readonly favourable: "high" | "low" | null;
}

/** An evidence layer and where its values come from. */
export interface EvidenceLayer extends EvidenceDescription {
  readonly origin: EvidenceOrigin;
}

/** What a vector layer is on a geological map. */
export interface GeologyLayer {
  readonly layer: string;
  readonly as: "rock" | "intrusion" | "fault" | "thrust";
  /** Property of polygons by which they are told apart; without it the layer is one unit. */
  readonly property?: string;
}
