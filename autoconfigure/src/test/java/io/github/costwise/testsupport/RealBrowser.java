package io.github.costwise.testsupport;

import java.nio.file.Path;

/**
 * A browser that WebDriver can steer.
 *
 * @param binary the browser's executable
 * @param driver the executable of its WebDriver server
 * @since 0.1.0
 */
public record RealBrowser(Path binary, Path driver) {
}
