// Files of this machine as content, and content written to files.
export * from "./disk.js";
