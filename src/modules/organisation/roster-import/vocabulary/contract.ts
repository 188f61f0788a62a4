/** 20 MB */
export const largestRosterFile = 20 * 1024 * 1024;
