import { makeVersion } from './version.js';

// Apart from the other facts of clients, which are more than the launcher's check should load.

/** The first client that makes `.` and `./…` absolute (§2.1 step 5, §3.5). */
export const DOT_SLASH_SINCE = makeVersion(23, 0, 0);

/** The first client that makes every source absolute that starts with a dot (§2.1 step 5, §3.5). */
export const ANY_DOT_SINCE = makeVersion(28, 2, 0);
