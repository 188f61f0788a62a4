export const longestQuery = 60;
export const mostSuggestions = 8;
/** Of so many hits, the newest, the best are shown; a search with more says so. */
export const mostHits = 300;

export const itemOwners = ['district', 'school'] as const;
export type ItemOwner = (typeof itemOwners)[number];
export const itemOwnerLabels: Readonly<Record<ItemOwner, string>> = { district: '区级', school: '学校' };
