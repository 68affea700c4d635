//! The files of `dict/`, put into the program when it is built.

include!(concat!(env!("OUT_DIR"), "/builtin.rs"));
