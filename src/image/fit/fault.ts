// Why no FIT was made.
/** Why no FIT was made. */
export interface FitFault {
  readonly code:
    | "fit-no-description"
    | "fit-no-images"
    | "fit-no-configurations"
    | "fit-too-large"
    | "default-missing"
    | "image-missing"
    | "image-no-data"
    | "image-cipher"
    | "image-verity"
    | "hash-algo"
    | "signature-algo"
    | "signature-padding"
    | "signature-hint"
    | "signature-key"
    | "signature-failed"
    | "signature-images"
    | "signature-regions"
    | "external-alignment"
    | "external-position";
  /** The node it is about. */
  readonly path: string;
  readonly message: string;
}

/** Something that a FIT is made in spite of. */
export interface FitWarning {
  readonly code: "at-in-name" | "image-unsigned" | "pre-load-key" | "signature-nodes";
  readonly path: string;
  readonly message: string;
}
