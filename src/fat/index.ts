// FAT volumes and the partition tables they are found with: reading only, without Node's API.
export { type Partition, type PartitionTable, readPartitions, TABLE_SIZE } from "./partitions.js";
export { type FatFile, type FatVolume, readVolume } from "./volume.js";
