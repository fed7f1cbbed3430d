/**
 * The log of labels in a database.
 */
@NullMarked
package io.github.costwise.cache.jdbc;

import org.jspecify.annotations.NullMarked;
