package io.github.costwise.testsupport;

import java.net.URI;

/**
 * A language model behind the OpenAI protocol.
 *
 * @param baseUrl what an OpenAI client calls its base URL; ends with {@code /v1}
 * @param name the name of the model to ask for
 * @since 0.1.0
 */
public record RealModel(URI baseUrl, String name) {
}
