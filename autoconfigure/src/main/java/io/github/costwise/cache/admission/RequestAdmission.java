package io.github.costwise.cache.admission;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;

import io.github.costwise.cache.Bypass;
import io.github.costwise.cache.partition.CacheRequest;
import io.github.costwise.cache.policy.AdmissionRules;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.text.Excerpt;

/**
 * Decides before the look-up whether a turn may use the cache. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RequestAdmission {

	private RequestAdmission() {
	}

	/**
	 * Looks at everything but what makes up the partition.
	 * @param request the turn
	 * @param policy says which turns may use the cache, and who shares
	 * @return why this one may not, or {@code null} when it may
	 */
	public static @Nullable Bypass check(CacheRequest request, CachePolicy policy) {
		if (!request.owner().identity().isKnown(policy.shared())) {
			return Bypass.OWNER_UNKNOWN;
		}
		return check(request, policy.admission());
	}

	/**
	 * Looks at everything but what makes up the partition, and its owner.
	 * @param request the turn
	 * @param rules which turns may use the cache
	 * @return why this one may not, or {@code null} when it may
	 */
	public static @Nullable Bypass check(CacheRequest request, AdmissionRules rules) {
		if (request.path().foreign()) {
			return Bypass.ADVISOR;
		}
		ChatOptions options = request.prompt().getOptions();
		if (options != null && isTooHot(options, rules)) {
			return Bypass.TEMPERATURE;
		}
		if (options instanceof ToolCallingChatOptions tooled && offersOther(tooled.getToolCallbacks(), rules)) {
			return Bypass.TOOLS;
		}
		return wording(request.prompt().getInstructions(), rules);
	}

	private static boolean isTooHot(ChatOptions options, AdmissionRules rules) {
		return rules.maxTemperature() != null && options.getTemperature() != null
				&& options.getTemperature() > rules.maxTemperature();
	}

	private static boolean offersOther(@Nullable List<ToolCallback> tools, AdmissionRules rules) {
		return tools != null && tools.stream().anyMatch((tool) -> !rules.allowsTool(tool.getToolDefinition().name()));
	}

	private static @Nullable Bypass wording(List<Message> messages, AdmissionRules rules) {
		if (messages.isEmpty()) {
			return null;
		}
		String question = messages.get(messages.size() - 1).getText();
		if (question == null) {
			return null;
		}
		String seen = Excerpt.ofEnds(question, rules.maxQuestionLength());
		if (rules.liveWording() && Wording.isLive(seen)) {
			return Bypass.LIVE_WORDING;
		}
		return (rules.personalWording() && Wording.isPersonal(seen)) ? Bypass.PERSONAL_WORDING : null;
	}

}
