/** The evaluation commands: they run the shipped code on files or on scripted traffic. */
@NullMarked
package io.github.costwise.benchmarks.eval;

import org.jspecify.annotations.NullMarked;
