// Which characters Go knows depends on the Unicode version in its tables, which the docker client was built with; which
// ones JavaScript knows, on the machine. The lists make both the same everywhere.

/** The Unicode version of a client's Go: 13 up to Go 1.20, 15 from 1.21 on. */
export type GoUnicode = 13 | 15;

// Visible characters that Unicode 14 and 15 added, in hexadecimal; asked of real clients that know them and do not.
const ADDED_UP_TO_15 =
  '61d 870-88e 898-89f 8b5 8c8-8d2 c3c c5d cdd cf3 ece 170d 1715 171f 180f 1ac1-1ace 1b4c 1b7d-1b7e ' +
  '1dfa 20c0 2c2f 2c5f 2e53-2e5d 9ffd-9fff a7c0-a7c1 a7d0-a7d1 a7d3 a7d5-a7d9 a7f2-a7f4 fbc2 fd40-fd4f ' +
  'fdcf fdfe-fdff 10570-1057a 1057c-1058a 1058c-10592 10594-10595 10597-105a1 105a3-105b1 105b3-105b9 ' +
  '105bb-105bc 10780-10785 10787-107b0 107b2-107ba 10efd-10eff 10f70-10f89 11070-11075 110c2 ' +
  '1123f-11241 116b9 11740-11746 11ab0-11abf 11b00-11b09 11f00-11f10 11f12-11f3a 11f3e-11f59 ' +
  '12f90-12ff2 1342f 13440-13455 16a70-16abe 16ac0-16ac9 1aff0-1aff3 1aff5-1affb 1affd-1affe ' +
  '1b11f-1b122 1b132 1b155 1cf00-1cf2d 1cf30-1cf46 1cf50-1cfc3 1d1e9-1d1ea 1d2c0-1d2d3 1df00-1df1e ' +
  '1df25-1df2a 1e030-1e06d 1e08f 1e290-1e2ae 1e4d0-1e4f9 1e7e0-1e7e6 1e7e8-1e7eb 1e7ed-1e7ee ' +
  '1e7f0-1e7fe 1f6dc-1f6df 1f774-1f776 1f77b-1f77f 1f7d9 1f7f0 1f979 1f9cc 1fa75-1fa77 1fa7b-1fa7c ' +
  '1fa87-1fa88 1faa9-1faaf 1fab7-1fabd 1fabf 1fac3-1fac5 1face-1facf 1fad7-1fadb 1fae0-1fae8 ' +
  '1faf0-1faf8 2a6de-2a6df 2b735-2b739 31350-323af';

// Those that came after Unicode 15.0, up to 17.
const ADDED_LATER =
  '88f 897 c5c cdc 1acf-1add 1ae0-1aeb 1b4e-1b4f 1b7f 1c89-1c8a 20c1 2427-2429 2b96 2ffc-2fff 31e4-31e5 ' +
  '31ef a7cb-a7cf a7d2 a7d4 a7da-a7dc a7f1 fbc3-fbd2 fd90-fd91 fdc8-fdce 105c0-105f3 10940-10959 ' +
  '10d40-10d65 10d69-10d85 10d8e-10d8f 10ec2-10ec7 10ed0-10ed8 10efa-10efc 11380-11389 1138b 1138e ' +
  '11390-113b5 113b7-113c0 113c2 113c5 113c7-113ca 113cc-113d5 113d7-113d8 113e1-113e2 116d0-116e3 ' +
  '11b60-11b67 11bc0-11be1 11bf0-11bf9 11db0-11ddb 11de0-11de9 11f5a 13460-143fa 16100-16139 ' +
  '16d40-16d79 16ea0-16eb8 16ebb-16ed3 16ff2-16ff6 187f8-187ff 18cff 18d09-18d1e 18d80-18df2 ' +
  '1cc00-1ccfc 1cd00-1ceb3 1ceba-1ced0 1cee0-1cef0 1e5d0-1e5fa 1e5ff 1e6c0-1e6de 1e6e0-1e6f5 ' +
  '1e6fe-1e6ff 1f6d8 1f777-1f77a 1f8b2-1f8bb 1f8c0-1f8c1 1f8d0-1f8d8 1fa54-1fa57 1fa89-1fa8a ' +
  '1fa8e-1fa8f 1fabe 1fac6 1fac8 1facd 1fadc 1fadf 1fae9-1faea 1faef 1fbcb-1fbef 1fbfa 2b73a-2b73f ' +
  '2cea2-2cead 2ebf0-2ee5d 323b0-33479';

type Ranges = readonly (readonly [first: number, last: number])[];
let added: { readonly upTo15: Ranges; readonly later: Ranges } | undefined;

/** Whether the character is younger than that version of Unicode, so that Go neither prints nor changes it. */
export function isNewerThan(character: string, unicode: GoUnicode): boolean {
  const code = character.codePointAt(0)!;
  if (code < 0x61d) return false;
  added ??= { upTo15: readRanges(ADDED_UP_TO_15), later: readRanges(ADDED_LATER) };
  return isIn(added.later, code) || (unicode < 15 && isIn(added.upTo15, code));
}

function readRanges(text: string): Ranges {
  return text.split(' ').map((range) => {
    const [first = '', last = first] = range.split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
  });
}

function isIn(ranges: Ranges, code: number): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = ranges[middle]!;
    if (code < first) high = middle - 1;
    else if (code > last) low = middle + 1;
    else return true;
  }
  return false;
}
