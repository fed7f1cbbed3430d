package io.github.costwise.cache.partition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.content.MediaContent;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

import io.github.costwise.Attribution;
import io.github.costwise.cache.Bypass;
import io.github.costwise.cache.partition.DigestedValues.UnreadableException;
import io.github.costwise.cache.partition.PartitionResult.Found;
import io.github.costwise.cache.partition.PartitionResult.None;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CacheKey;
import io.github.costwise.spi.CachePartitionResolver;

/**
 * Finds the partition of a turn: a digest over everything that its answer depends on but
 * for the question itself. What cannot be read keeps the turn from the cache.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class Partitions {

	/** Changes whenever what is digested does. */
	private static final int VERSION = 3;

	private final @Nullable String applicationVersion;

	private final List<CachePartitionResolver> resolvers;

	private final Faults faults;

	/**
	 * Creates an instance.
	 * @param applicationVersion answers of another version are not found, or {@code null}
	 * @param resolvers add to what must be equal
	 * @param faults told when one throws
	 */
	public Partitions(@Nullable String applicationVersion, List<CachePartitionResolver> resolvers, Faults faults) {
		this.applicationVersion = applicationVersion;
		this.resolvers = List.copyOf(resolvers);
		this.faults = faults;
	}

	/**
	 * Finds the partition of a turn.
	 * @param request the turn
	 * @param shared whether users of one tenant share answers
	 * @param encoder id of the encoder that compares questions, or {@code null} for none
	 * @param longest most characters of a question whose space is looked at; a longer one
	 * is compared as it is
	 * @return the partition, or why there is none
	 */
	public PartitionResult of(CacheRequest request, boolean shared, @Nullable String encoder, int longest) {
		List<Message> messages = request.prompt().getInstructions();
		Bypass unfit = unfit(messages);
		if (unfit != null) {
			return new None(unfit, "the messages");
		}
		if (!request.owner().answerer().isKnown()) {
			return new None(Bypass.MODEL_UNKNOWN, "the model that answers");
		}
		List<Map<String, String>> resolved = resolve(request);
		if (resolved == null) {
			return new None(Bypass.RESOLVER, "a CachePartitionResolver");
		}
		if (request.path().retrieval() && !nameCorpus(resolved)) {
			return new None(Bypass.CORPUS, "the field '" + CachePartitionResolver.CORPUS + "'");
		}
		try {
			String question = QuestionText.normalize(lastText(messages), longest);
			return new Found(question(request, shared, new AskedText(question, encoder), resolved));
		}
		catch (UnreadableException ex) {
			return new None(Bypass.OPTIONS, String.valueOf(ex.getMessage()));
		}
		catch (StackOverflowError ex) {
			return new None(Bypass.OPTIONS, "a value that holds itself");
		}
	}

	private static boolean nameCorpus(List<Map<String, String>> resolved) {
		return resolved.stream().anyMatch((fields) -> fields.get(CachePartitionResolver.CORPUS) != null);
	}

	private static @Nullable Bypass unfit(List<Message> messages) {
		if (messages.isEmpty() || !(messages.get(messages.size() - 1) instanceof UserMessage)
				|| lastText(messages).isBlank()) {
			return Bypass.NO_QUESTION;
		}
		for (Message message : messages) {
			if (message instanceof MediaContent content && !content.getMedia().isEmpty()) {
				return Bypass.MEDIA;
			}
		}
		return null;
	}

	private static String lastText(List<Message> messages) {
		String text = messages.get(messages.size() - 1).getText();
		return (text != null) ? text : "";
	}

	/** What each resolver adds, or {@code null} when one of them keeps the turn out. */
	private @Nullable List<Map<String, String>> resolve(CacheRequest request) {
		List<Map<String, String>> resolved = new ArrayList<>(this.resolvers.size());
		for (CachePartitionResolver resolver : this.resolvers) {
			try {
				Map<String, String> fields = resolver.resolve(request.prompt(), request.owner().attribution());
				if (fields == null) {
					return null;
				}
				resolved.add(fields);
			}
			catch (Throwable ex) {
				this.faults.report(Faults.Kind.CACHE, ex);
				return null;
			}
		}
		return resolved;
	}

	private PartitionedQuestion question(CacheRequest request, boolean shared, AskedText asked,
			List<Map<String, String>> resolved) throws UnreadableException {
		List<Message> messages = request.prompt().getInstructions();
		List<Message> before = messages.subList(0, messages.size() - 1);
		FieldDigest digest = new FieldDigest().add(VERSION).add(this.applicationVersion).add(asked.encoder());
		owner(request.owner(), shared, digest);
		DigestedValues.add(resolved, digest);
		DigestedValues.add(request.output(), digest);
		options(request.prompt().getOptions(), digest);
		digest.add(before.size());
		for (Message message : before) {
			message(message, digest);
		}
		String partition = digest.toHex();
		boolean followUp = before.stream().anyMatch((message) -> message.getMessageType() != MessageType.SYSTEM);
		return new PartitionedQuestion(new CacheKey(partition, digest.add(asked.question()).toHex()), asked.question(),
				followUp, asked.encoder());
	}

	private static void owner(TurnOwner owner, boolean shared, FieldDigest digest) {
		Attribution attribution = owner.attribution();
		digest.add(attribution.tenant())
			.add(shared ? null : attribution.user())
			.add(shared ? 1 : 0)
			.add(attribution.feature())
			.add(owner.policy())
			.add(owner.promptVersion());
		owner.answerer().addTo(digest);
	}

	static void options(@Nullable ChatOptions options, FieldDigest digest) throws UnreadableException {
		if (options == null) {
			digest.add(null);
			return;
		}
		RequestOptions.add(options, digest);
		if (options instanceof ToolCallingChatOptions tooled && tooled.getToolCallbacks() != null) {
			tools(tooled.getToolCallbacks(), tooled.getToolContext(), digest);
		}
	}

	private static void tools(List<ToolCallback> callbacks, @Nullable Object context, FieldDigest digest)
			throws UnreadableException {
		List<ToolCallback> tools = new ArrayList<>(callbacks);
		tools.sort(Comparator.comparing((tool) -> tool.getToolDefinition().name()));
		digest.add(tools.size());
		for (ToolCallback tool : tools) {
			ToolDefinition definition = tool.getToolDefinition();
			digest.add(definition.name())
				.addRepeated(definition.description())
				.addRepeated(definition.inputSchema())
				.add(tool.getToolMetadata().returnDirect() ? 1 : 0);
		}
		if (!tools.isEmpty()) {
			DigestedValues.add(context, digest);
		}
	}

	private static void message(Message message, FieldDigest digest) {
		digest.add(message.getMessageType().getValue());
		if (message.getMessageType() == MessageType.SYSTEM) {
			digest.addRepeated(message.getText());
		}
		else {
			digest.add(message.getText());
		}
		if (message instanceof AssistantMessage assistant) {
			digest.add(assistant.getToolCalls().size());
			assistant.getToolCalls().forEach((call) -> digest.add(call.name()).add(call.arguments()));
		}
		else if (message instanceof ToolResponseMessage tool) {
			digest.add(tool.getResponses().size());
			tool.getResponses().forEach((response) -> digest.add(response.name()).add(response.responseData()));
		}
	}

	/** What is asked, and the id of what compares it with others. */
	private record AskedText(String question, @Nullable String encoder) {

	}

}
