import type { ApiMount } from './api.js';

/** Leaves out what Go leaves out of the JSON (`omitempty`), in the order of the API's struct. */
export function tidyMount(mount: ApiMount): ApiMount {
  const {
    Type,
    Source,
    Target,
    ReadOnly,
    Consistency,
    BindOptions,
    VolumeOptions,
    ImageOptions,
    TmpfsOptions,
    ...rest
  } = mount;
  rest satisfies NothingLeft;
  const out: ApiMount = { Type };
  if (Source) out.Source = Source;
  if (Target) out.Target = Target;
  if (ReadOnly) out.ReadOnly = true;
  if (Consistency) out.Consistency = Consistency;
  if (BindOptions) out.BindOptions = dropZeros(BindOptions);
  if (VolumeOptions) {
    const { NoCopy, Labels, Subpath, DriverConfig, ...more } = VolumeOptions;
    more satisfies NothingLeft;
    const driver =
      DriverConfig && dropZeros({ Name: DriverConfig.Name, Options: sortKeys(DriverConfig.Options) });
    out.VolumeOptions = {
      ...dropZeros({ NoCopy, Labels: sortKeys(Labels), Subpath }),
      ...(driver && { DriverConfig: driver }),
    };
  }
  if (ImageOptions) out.ImageOptions = dropZeros(ImageOptions);
  if (TmpfsOptions) {
    const { SizeBytes, Mode, Options, ...more } = TmpfsOptions;
    more satisfies NothingLeft;
    out.TmpfsOptions = dropZeros({ SizeBytes, Mode, Options });
  }
  return out;
}

/** A field that is not written out here would be lost, and does not compile. */
type NothingLeft = Readonly<Record<string, never>>;

function dropZeros<T extends object>(value: T): Partial<T> {
  const kept = Object.entries(value).filter(
    ([, item]) => item !== undefined && item !== '' && item !== false && item !== 0 && item !== 0n,
  );
  return Object.fromEntries(kept) as Partial<T>;
}

function sortKeys(map: Record<string, string> | undefined): Record<string, string> | undefined {
  if (map === undefined) return undefined;
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
