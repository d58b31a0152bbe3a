import type { PrincipalComponents } from "../evidence/principal-components";
import type { Row } from "./table";

/** One row an element with its loadings on the first components, and one with what they explain. */
export function loadingRows(
  { parts, loadings, explained }: Pick<PrincipalComponents, "parts" | "loadings" | "explained">,
  shown = 4,
): Row[] {
  const columns = (of: (component: number) => number) =>
    Object.fromEntries(
      loadings
        .slice(0, shown)
        .map((_, component) => [`PC${component + 1}`, of(component)] as const),
    );
  return [
    ...parts.map((part, at) => ({
      element: part,
      ...columns((component) => loadings[component][at]),
    })),
    { element: "explained (share)", ...columns((component) => explained[component]) },
  ];
}
