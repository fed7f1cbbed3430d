/**
 * What everything that is kept in a database shares: transactions, versions of tables,
 * and what errors mean.
 */
@NullMarked
package io.github.costwise.jdbc;

import org.jspecify.annotations.NullMarked;
