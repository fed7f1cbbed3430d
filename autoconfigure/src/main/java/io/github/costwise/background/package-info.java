/**
 * The threads of Costwise.
 */
@NullMarked
package io.github.costwise.background;

import org.jspecify.annotations.NullMarked;
