#!/usr/bin/env node
// The command line: one file per command, gathered here.
export {};
