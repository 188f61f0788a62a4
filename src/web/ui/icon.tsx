import type { ReactNode } from 'react';

const paths = {
  home: 'M4 11 12 4l8 7v9h-6v-6h-4v6H4z',
  observe: 'M4 5h16v10H4zM8 20h8M12 15v5M8 9h5M8 12h8',
  chart: 'M4 20V4M4 20h16M9 16v-5M13 16V7M17 16v-8',
  document: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.5-4 3-6 6.500-6s6 2 6.500 6M16 5a3 3 0 0 1 0 6M18 14c2 .7 3.300 2.700 3.500 6',
  school: 'M3 10 12 5l9 5-9 5zM7 12.500V17c3 2 7 2 10 0v-4.500M21 10v6',
  inbox: 'M4 13V5h16v8M4 13v6h16v-6h-5a3 3 0 0 1-6 0z',
  settings: 'M5 7h9M18 7h1M5 17h1M10 17h9M14 4.500v5M6 14.500v5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  book: 'M4 6c3-1.500 6-1 8 .5 2-1.500 5-2 8-.5v13c-3-1.500-6-1-8 .5-2-1.500-5-2-8-.5zM12 6.500V19',
} as const;

export type IconName = keyof typeof paths;

/** A drawing beside a word; it says nothing on its own. */
export const Icon = ({ name }: { name: IconName }): ReactNode => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={paths[name]} />
  </svg>
);
