/**
 * How much a design holds at most: more than anybody writes, and no more than every reader can bear. Apart from the
 * schemas, which would come with it to every page.
 */
export const limits = {
  sections: 60,
  /** Letters of a section's title. */
  title: 60,
  blocks: 5_000,
  /** Runs, formulas and pictures of one paragraph, and letters of one run: what is longer is parted, not refused. */
  inlines: 5_000,
  run: 100_000,
  formula: 4_000,
  /** Letters of what a picture shows. */
  alternative: 500,
  listDepth: 20,
  listItems: 1_000,
  itemBlocks: 200,
  tableRows: 1_000,
  tableCells: 60,
  cellBlocks: 500,
  rows: 500,
  /** Letters of a cell of a table with fixed columns. */
  cell: 20_000,
} as const;
