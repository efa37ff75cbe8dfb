//! A simulated mesh that answers the same requests as real back ends do.
mod counter;
mod leg;
mod mesh;
mod outcome;
mod pod;
mod rhythm;
mod series;
mod shop;
mod world;

pub use mesh::DemoMesh;
