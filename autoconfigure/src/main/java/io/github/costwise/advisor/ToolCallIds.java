package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;

/**
 * Gives tool calls ids that a provider takes, and their results the same ones. To be
 * asked about the messages of one conversation in their order. The new ids have nine
 * letters and digits, which every provider takes, and depend on the conversation alone.
 * Not thread-safe.
 */
final class ToolCallIds {

	private final MessageDialect dialect;

	private final Set<@Nullable String> present = new HashSet<>();

	private final Set<@Nullable String> seen = new HashSet<>();

	private final List<Pending> pending = new ArrayList<>();

	private int count;

	ToolCallIds(MessageDialect dialect, List<Message> messages) {
		this.dialect = dialect;
		for (Message message : messages) {
			if (message instanceof AssistantMessage assistant) {
				assistant.getToolCalls().forEach((call) -> this.present.add(call.id()));
			}
		}
	}

	/** Returns the calls of the next message, the same list when nothing changes. */
	List<ToolCall> calls(List<ToolCall> calls) {
		if (calls.isEmpty()) {
			return calls;
		}
		this.pending.clear();
		List<ToolCall> result = new ArrayList<>();
		for (ToolCall call : calls) {
			String id = newId(call.id());
			this.pending.add(new Pending(call.id(), call.name(), id));
			result.add(Objects.equals(id, call.id()) ? call
					: new ToolCall(Objects.requireNonNull(id), call.type(), call.name(), call.arguments()));
		}
		return result.equals(calls) ? calls : result;
	}

	/** Returns the results of the next message, the same list when nothing changes. */
	List<ToolResponse> responses(List<ToolResponse> responses) {
		List<ToolResponse> result = new ArrayList<>();
		for (ToolResponse response : responses) {
			String id = answered(response);
			result.add(Objects.equals(id, response.id()) ? response
					: new ToolResponse(Objects.requireNonNull(id), response.name(), response.responseData()));
		}
		return result.equals(responses) ? responses : result;
	}

	private @Nullable String newId(@Nullable String id) {
		boolean taken = this.dialect.takesId(id) && (this.seen.add(id) || !this.dialect.wantsUniqueIds());
		return taken ? id : next();
	}

	private @Nullable String answered(ToolResponse response) {
		Pending call = pending(response.id(), response.name());
		if (call == null) {
			return this.dialect.takesId(response.id()) ? response.id() : next();
		}
		this.pending.remove(call);
		return call.newId;
	}

	/** Where ids are the same or blank, the name of the tool decides, then the order. */
	private @Nullable Pending pending(@Nullable String id, @Nullable String name) {
		Pending first = null;
		for (Pending call : this.pending) {
			if (Objects.equals(call.id, id)) {
				if (Objects.equals(call.name, name)) {
					return call;
				}
				first = (first != null) ? first : call;
			}
		}
		return first;
	}

	private String next() {
		String id;
		do {
			id = String.format("call%05d", ++this.count);
		}
		while (this.present.contains(id));
		return id;
	}

	/** By identity, since calls may be equal. */
	private static final class Pending {

		private final @Nullable String id;

		private final @Nullable String name;

		private final @Nullable String newId;

		private Pending(@Nullable String id, @Nullable String name, @Nullable String newId) {
			this.id = id;
			this.name = name;
			this.newId = newId;
		}

	}

}
