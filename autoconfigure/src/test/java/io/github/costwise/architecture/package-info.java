/**
 * The rules that keep the packages apart, and a seeded set of classes that breaks each.
 */
@NullMarked
package io.github.costwise.architecture;

import org.jspecify.annotations.NullMarked;
