package io.github.costwise.answer;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;

import io.github.costwise.model.PartKind;

/**
 * What a model answered. Immutable.
 *
 * @param parts the parts in their order; neighbours of one kind and choice are one part
 * @param ending how it ended; of several alternative answers, how the least reliable did
 * @since 0.1.0
 */
public record Answer(List<AnswerPart> parts, Ending ending) {

	/** Copies the parts. */
	public Answer {
		parts = List.copyOf(parts);
	}

	/**
	 * Returns what a user reads: the text of the first alternative, without thoughts.
	 * @return the text, possibly empty
	 */
	public String text() {
		int first = this.parts.stream().mapToInt(AnswerPart::choice).min().orElse(0);
		return joined(PartKind.TEXT, first);
	}

	/**
	 * Returns the text of each alternative, without thoughts.
	 * @return at least one text, each possibly empty
	 */
	public List<String> texts() {
		List<Integer> choices = this.parts.stream().map(AnswerPart::choice).distinct().sorted().toList();
		return choices.isEmpty() ? List.of("")
				: choices.stream().map((choice) -> joined(PartKind.TEXT, choice)).toList();
	}

	private String joined(PartKind kind, int choice) {
		return this.parts.stream()
			.filter((part) -> part.kind() == kind && part.choice() == choice)
			.map(AnswerPart::text)
			.collect(Collectors.joining());
	}

	/**
	 * Returns the calls of tools, wherever they stand.
	 * @return the calls, possibly none
	 */
	public List<ToolCall> toolCalls() {
		return this.parts.stream().map(AnswerPart::call).filter(Objects::nonNull).toList();
	}

	/**
	 * Returns whether there is a part of a kind.
	 * @param kind the kind
	 * @return whether there is one
	 */
	public boolean has(PartKind kind) {
		return this.parts.stream().anyMatch((part) -> part.kind() == kind);
	}

	/**
	 * Returns whether the answer holds anything that a caller can use: text that is not
	 * blank, a refusal in words, a call of a tool, a medium. Thoughts and citations alone
	 * are no answer.
	 * @return whether there is content
	 */
	public boolean hasContent() {
		return this.parts.stream().anyMatch((part) -> switch (part.kind()) {
			case TEXT, REFUSAL -> !part.text().isBlank();
			case TOOL_CALL, MEDIA -> true;
			case THOUGHT, CITATION -> false;
		});
	}

}
