declare const __MOUNTC_VERSION__: string;

/** This program's version. */
export const VERSION: string = typeof __MOUNTC_VERSION__ === 'string' ? __MOUNTC_VERSION__ : '0.0.0';
