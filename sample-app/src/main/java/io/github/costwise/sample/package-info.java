/** A small support desk that shows what its answers cost. */
@NullMarked
package io.github.costwise.sample;

import org.jspecify.annotations.NullMarked;
