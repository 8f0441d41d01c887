import type { ApiMount } from './api.js';

/** Leaves out what Go leaves out of the JSON (`omitempty`), in the order of the API's struct. */
export function tidyMount(mount: ApiMount): ApiMount {
  const out: ApiMount = { Type: mount.Type };
  if (mount.Source) out.Source = mount.Source;
  if (mount.Target) out.Target = mount.Target;
  if (mount.ReadOnly) out.ReadOnly = true;
  if (mount.Consistency) out.Consistency = mount.Consistency;
  if (mount.BindOptions) out.BindOptions = dropZeros(mount.BindOptions);
  if (mount.VolumeOptions) {
    const { NoCopy, Labels, Subpath, DriverConfig } = mount.VolumeOptions;
    const driver =
      DriverConfig && dropZeros({ Name: DriverConfig.Name, Options: sortKeys(DriverConfig.Options) });
    out.VolumeOptions = {
      ...dropZeros({ NoCopy, Labels: sortKeys(Labels), Subpath }),
      ...(driver && { DriverConfig: driver }),
    };
  }
  if (mount.ImageOptions) out.ImageOptions = dropZeros(mount.ImageOptions);
  if (mount.TmpfsOptions)
    out.TmpfsOptions = dropZeros({ SizeBytes: mount.TmpfsOptions.SizeBytes, Mode: mount.TmpfsOptions.Mode });
  return out;
}

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
