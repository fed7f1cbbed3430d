/**
 * Budgets in a database that several instances share: H2, PostgreSQL or MariaDB.
 */
@NullMarked
package io.github.costwise.budget.jdbc;

import org.jspecify.annotations.NullMarked;
