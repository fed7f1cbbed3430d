/** An empty web application whose start is timed. */
@NullMarked
package io.github.costwise.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
