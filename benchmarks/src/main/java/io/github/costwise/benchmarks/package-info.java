/** The runnable jar of benchmarks and evaluation commands. */
@NullMarked
package io.github.costwise.benchmarks;

import org.jspecify.annotations.NullMarked;
