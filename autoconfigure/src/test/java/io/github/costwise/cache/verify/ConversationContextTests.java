package io.github.costwise.cache.verify;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("unit")
class ConversationContextTests {

	@ParameterizedTest
	@ValueSource(strings = { "where was he born?", "What about Denver?", "and in 2021", "Any cures for it?",
			"Tell me more about the second", "secondary source", "why?", "Which of these is cheapest in winter time?" })
	void leansOnWhatWasSaidBefore(String text) {
		assertThat(ConversationContext.isAnaphoric(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "How many times have the New England Patriots won the Super Bowl?",
			"What is the distance between moon and earth in kilometres on average?" })
	void standsOnItsOwn(String text) {
		assertThat(ConversationContext.isAnaphoric(text)).isFalse();
	}

	@Test
	void tellsHistoriesApart() {
		assertThat(List.of(ConversationContext.digest(List.of()), ConversationContext.digest(List.of("ab")),
				ConversationContext.digest(List.of("a", "b")), ConversationContext.digest(List.of("b", "a")),
				ConversationContext.digest(List.of("", "ab"))))
			.doesNotHaveDuplicates()
			.allMatch((digest) -> digest.matches("[0-9a-f]{64}"));
		assertThat(ConversationContext.digest(List.of("a", "b")))
			.isEqualTo(ConversationContext.digest(List.of("a", "b")));
	}

	@Test
	void forgivesCaseAndSpace() {
		assertThat(ConversationContext.normalize("  How do\tI  Pay?\n")).isEqualTo("how do i pay?");
	}

}
