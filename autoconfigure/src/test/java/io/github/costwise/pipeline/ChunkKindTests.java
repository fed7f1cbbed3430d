package io.github.costwise.pipeline;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChunkKind}.
 */
@Tag("unit")
class ChunkKindTests {

	@Test
	void metadataAloneBringNothing() {
		assertThat(ChunkKind.of(null)).isEqualTo(ChunkKind.METADATA);
		assertThat(ChunkKind.of(new ChatResponse(List.of()))).isEqualTo(ChunkKind.METADATA);
	}

	@Test
	void deltaWithoutAnythingIsEmpty() {
		assertThat(of("", Map.of())).isEqualTo(ChunkKind.EMPTY);
		assertThat(of("", Map.of("reasoningContent", "", "annotations", List.of()))).isEqualTo(ChunkKind.EMPTY);
		assertThat(of(null, Map.of("isThought", false))).isEqualTo(ChunkKind.EMPTY);
	}

	@Test
	void thoughtWithoutATextIsHidden() {
		assertThat(of(null, Map.of("thinking", true))).isEqualTo(ChunkKind.HIDDEN_THOUGHT);
		assertThat(of("", Map.of("isThought", true))).isEqualTo(ChunkKind.HIDDEN_THOUGHT);
		assertThat(of(null, Map.of("signature", "c2ln"))).isEqualTo(ChunkKind.HIDDEN_THOUGHT);
		assertThat(of(null, Map.of("data", "ZGF0YQ=="))).isEqualTo(ChunkKind.HIDDEN_THOUGHT);
		assertThat(of("", Map.of("thoughtSignatures", List.of(new byte[1])))).isEqualTo(ChunkKind.HIDDEN_THOUGHT);
	}

	@Test
	void thoughtWithATextIsShown() {
		assertThat(of("hm", Map.of("thinking", true))).isEqualTo(ChunkKind.THOUGHT);
		assertThat(of("hm", Map.of("isThought", true))).isEqualTo(ChunkKind.THOUGHT);
		assertThat(of("", Map.of("thinking", "hm"))).isEqualTo(ChunkKind.THOUGHT);
		assertThat(of("", Map.of("reasoningContent", "hm", "annotations", List.of()))).isEqualTo(ChunkKind.THOUGHT);
		assertThat(of("hm", Map.of("isThought", true, "thoughtSignatures", List.of(new byte[1]))))
			.isEqualTo(ChunkKind.SIGNED_THOUGHT);
	}

	@Test
	void contentCountsWhateverIsBesideIt() {
		assertThat(of("yes", Map.of())).isEqualTo(ChunkKind.CONTENT);
		assertThat(of("yes", Map.of("reasoningContent", "hm", "annotations", List.of()))).isEqualTo(ChunkKind.CONTENT);
		assertThat(of("yes", Map.of("thoughtSignatures", List.of(new byte[1])))).isEqualTo(ChunkKind.CONTENT);
	}

	private static ChunkKind of(@Nullable String text, Map<String, Object> fields) {
		AssistantMessage message = AssistantMessage.builder().content(text).properties(fields).build();
		return ChunkKind.of(new ChatResponse(List.of(new Generation(message))));
	}

}
