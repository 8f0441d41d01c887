import type { SpecForm } from '../../src/spec/ast.js';

/** The flag forms. */
export const FORMS = ['volume', 'mount', 'tmpfs'] as const satisfies readonly SpecForm[];
