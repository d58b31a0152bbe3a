/** All maps of the fast convolutions, in AssemblyScript. */
export function transformsSource(isRelaxed: boolean): string;
