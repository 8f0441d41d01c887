/** Where a word stands: as an argument, in an array, after the `=` of an assignment, or in `${X:+…}`. */
export type WordPlace = 'argument' | 'element' | 'assigned' | 'operand';
