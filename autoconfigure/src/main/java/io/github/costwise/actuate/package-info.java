/**
 * Shows the ledger through Actuator: read-only, with and without a web server.
 */
@NullMarked
package io.github.costwise.actuate;

import org.jspecify.annotations.NullMarked;
