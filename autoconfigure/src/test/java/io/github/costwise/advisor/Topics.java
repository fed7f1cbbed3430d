package io.github.costwise.advisor;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.model.CacheVector;
import io.github.costwise.spi.TextEncoder;

/**
 * Made-up traffic of some topics, each with one answer: questions about a topic are near
 * to each other, whatever else is in them.
 */
final class Topics {

	static final int COUNT = 12;

	private static final String[] FILLERS = { "please", "card", "account", "phone", "app", "bank", "money", "friend",
			"shop", "travel", "week", "garden", "river", "summer", "window", "kitchen" };

	private static final String END = "is what I would like to know about";

	private static final Set<String> COMMON = Set.of(END.split(" "));

	private Topics() {
	}

	static String question(Random random) {
		return question(random.nextInt(COUNT), random);
	}

	static String question(int topic, Random random) {
		return question(topic, FILLERS[random.nextInt(FILLERS.length)] + " " + FILLERS[random.nextInt(FILLERS.length)]);
	}

	static String question(int topic, String fillers) {
		return "topic" + topic + " " + fillers + " " + END;
	}

	static String topic(String text) {
		return text.substring(text.indexOf("topic")).split(" ")[0];
	}

	/** Answers with who it serves and the topic. */
	static final class Model implements ChatModel {

		private final AtomicInteger asked = new AtomicInteger();

		int asked() {
			return this.asked.get();
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			this.asked.incrementAndGet();
			String text = prompt.getSystemMessage().getText() + " " + topic(prompt.getUserMessage().getText());
			return new ChatResponse(List.of(new Generation(new AssistantMessage(text.strip()),
					ChatGenerationMetadata.builder().finishReason("stop").build())));
		}

		@Override
		public ChatOptions getDefaultOptions() {
			return ChatOptions.builder().model("gpt-5-mini").build();
		}

	}

	/** Adds up a direction for each word, the longest for the topic. */
	static final class Encoder implements TextEncoder {

		private static final float WEIGHT = .3f;

		@Override
		public float[] encode(String text) {
			float[] vector = new float[dimensions()];
			for (String word : text.split(" ")) {
				if (COMMON.contains(word)) {
					continue;
				}
				Random direction = new Random(word.hashCode());
				float weight = word.startsWith("topic") ? 1 : WEIGHT;
				for (int i = 0; i < vector.length; i++) {
					vector[i] += weight * (float) direction.nextGaussian();
				}
			}
			return CacheVector.unit(vector);
		}

		@Override
		public int dimensions() {
			return 64;
		}

		@Override
		public String id() {
			return "topics";
		}

	}

}
