import type { SpecForm } from '../../src/syntax/ast.js';

/** The flag forms. */
export const FORMS = ['volume', 'mount', 'tmpfs'] as const satisfies readonly SpecForm[];
