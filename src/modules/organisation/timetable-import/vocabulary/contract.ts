/** 8 MB */
export const largestTimetableFile = 8 * 1024 * 1024;
