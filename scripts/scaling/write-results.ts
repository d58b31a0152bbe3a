/** One of several processes that write into one store: write-results.ts FOLDER WRITER COUNT. */
import { writeResults } from "./measure";

const [folder, writer, count] = process.argv.slice(2);
writeResults(folder, writer, Number(count));
