package io.github.costwise.architecture.seeded.pipeline;

public class Pipe {

}
