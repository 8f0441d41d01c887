/** The options objects of a mount, in the order in which engines look at them. */
export const MOUNT_OPTIONS = ['BindOptions', 'VolumeOptions', 'ImageOptions', 'TmpfsOptions'] as const;

/** The name of an options object of a mount. */
export type MountOptionsField = (typeof MOUNT_OPTIONS)[number];

/** The type of mount that each options object belongs to. */
export const TYPE_OF_OPTIONS: Readonly<Record<MountOptionsField, string>> = {
  BindOptions: 'bind',
  VolumeOptions: 'volume',
  ImageOptions: 'image',
  TmpfsOptions: 'tmpfs',
};
