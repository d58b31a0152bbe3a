import { drawCharts } from "./charts";
import { markContents } from "./contents";
import { enlargeFigures } from "./enlarge";
import { openByLinks } from "./folds";
import { scalePointers } from "./pointer";
import { copyTables } from "./table-copy";
import { sortTables } from "./table-sort";

openByLinks();
markContents();
scalePointers();
drawCharts();
enlargeFigures();
sortTables();
copyTables();
