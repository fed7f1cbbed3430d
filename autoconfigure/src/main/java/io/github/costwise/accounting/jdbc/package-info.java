/**
 * The ledger in a database: H2 or PostgreSQL.
 */
@NullMarked
package io.github.costwise.accounting.jdbc;

import org.jspecify.annotations.NullMarked;
