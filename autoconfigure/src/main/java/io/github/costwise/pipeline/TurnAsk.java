package io.github.costwise.pipeline;

import java.util.Map;

import org.springframework.ai.chat.prompt.Prompt;

/**
 * What a turn asks, and through what.
 *
 * @param prompt what is asked
 * @param output what the answer must look like, by name
 * @param client what it is asked through
 * @since 0.1.0
 */
public record TurnAsk(Prompt prompt, Map<String, String> output, AskedClient client) {

}
