// Why no FIT was made.
/** Why no FIT was made. */
export interface FitFault {
  readonly code:
    | "fit-no-description"
    | "fit-no-images"
    | "fit-no-configurations"
    | "fit-too-large"
    | "image-no-data"
    | "image-cipher"
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
