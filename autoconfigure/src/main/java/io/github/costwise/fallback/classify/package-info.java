/**
 * Reads the exceptions of providers, HTTP clients and JSON readers. Each library that may
 * be absent is known by one class only.
 */
@NullMarked
package io.github.costwise.fallback.classify;

import org.jspecify.annotations.NullMarked;
