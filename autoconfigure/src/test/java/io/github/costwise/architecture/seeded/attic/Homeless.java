package io.github.costwise.architecture.seeded.attic;

class Homeless {

}
