/**
 * Wires Costwise into a Spring Boot application.
 */
@NullMarked
package io.github.costwise.autoconfigure;

import org.jspecify.annotations.NullMarked;
