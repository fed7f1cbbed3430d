/**
 * Real servers, a real model and a real browser for tests. Nothing here knows what is
 * tested with them.
 */
@NullMarked
package io.github.costwise.testsupport;

import org.jspecify.annotations.NullMarked;
