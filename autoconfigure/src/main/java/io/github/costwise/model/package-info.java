/**
 * Immutable values that the programming interface and its extensions share.
 */
@NullMarked
package io.github.costwise.model;

import org.jspecify.annotations.NullMarked;
