package io.github.costwise.fallback.classify;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.FailureKind;
import io.github.costwise.text.TextMatch;
import io.github.costwise.text.TextPattern;

/**
 * The words by which providers name an error in its body: codes first, because they are
 * meant to be read by programs, then phrases. Collected from the error references of
 * OpenAI, Azure OpenAI, Anthropic and Google, and from the error types of their SDKs.
 */
final class ErrorCodes {

	/** The status of an error that comes within a stream, and so says nothing. */
	private static final int STREAM = 200;

	private static final int TOO_LARGE = 413;

	/** In JSON, and in the texts by which the SDKs show it. */
	private static final TextPattern FIELD = TextPattern
		.of("(?<!\\w)(?:code|type|status|reason)\"?\\s*[:=]\\s*\"?([A-Za-z][A-Za-z_.-]{2,63})");

	private static final Map<String, FailureKind> CODES = new HashMap<>();

	private static final List<String> USED_UP = List.of("insufficient_quota", "billing_error", "billing_not_active",
			"billing_hard_limit_reached", "quota_exceeded", "credit balance is too low", "insufficient credits",
			"requires more credits");

	private static final List<String> FILTERED = List.of("content management policy", "content filter",
			"content filtering policy", "usage policy", "usage policies", "safety system", "content policy");

	private static final List<String> WRONG_KEY = List.of("api key not valid", "api_key_invalid", "incorrect api key",
			"invalid api key", "invalid x-api-key");

	static {
		put(FailureKind.RATE_LIMITED, "rate_limit_exceeded", "rate_limit_error", "resource_exhausted",
				"throttlingexception", "too_many_requests");
		put(FailureKind.SERVER_ERROR, "overloaded_error", "api_error", "server_error", "internal_error",
				"internal_server_error", "service_unavailable", "unavailable", "internal", "engine_overloaded");
		put(FailureKind.TIMED_OUT, "timeout_error", "deadline_exceeded", "request_timeout");
		put(FailureKind.CONTEXT_TOO_LONG, "context_length_exceeded", "request_too_large");
		put(FailureKind.CONTENT_POLICY, "content_filter", "content_policy_violation", "responsibleaipolicyviolation",
				"prohibited_content", "moderation_blocked", "invalid_prompt");
		put(FailureKind.AUTHENTICATION, "authentication_error", "permission_error", "invalid_api_key",
				"account_deactivated", "permission_denied", "unauthenticated", "api_key_invalid");
		put(FailureKind.MODEL_MISSING, "model_not_found", "not_found_error", "deploymentnotfound", "not_found");
	}

	private ErrorCodes() {
	}

	private static void put(FailureKind kind, String... codes) {
		for (String code : codes) {
			CODES.put(code, kind);
		}
	}

	/** Returns the kind that the error names itself by, or {@code null}. */
	static @Nullable FailureKind named(HttpError error) {
		FailureKind coded = coded(error);
		if (error.status() == TOO_LARGE && ContextOverflow.isOfOther(error.text())) {
			return FailureKind.INVALID_REQUEST;
		}
		if ((coded == null || coded == FailureKind.SERVER_ERROR) && mayBeTooLong(error.status())
				&& ContextOverflow.isIn(error.text())) {
			return FailureKind.CONTEXT_TOO_LONG;
		}
		if (coded != null) {
			return coded;
		}
		FailureKind described = isRefusal(error.status()) ? described(error.text()) : null;
		boolean within = error.status() == STREAM && error.text().contains("invalid_request_error");
		return (described == null && within) ? FailureKind.INVALID_REQUEST : described;
	}

	private static @Nullable FailureKind coded(HttpError error) {
		for (TextMatch field : FIELD.all(error.text())) {
			FailureKind kind = CODES.get(field.get(1).toLowerCase(Locale.ROOT));
			if (kind != null && fits(kind, error.status())) {
				return kind;
			}
		}
		return null;
	}

	/**
	 * Returns whether the quota or the credit is used up, which no short wait changes.
	 */
	static boolean isUsedUp(HttpError error) {
		return contains(error.text().toLowerCase(Locale.ROOT), USED_UP);
	}

	private static @Nullable FailureKind described(String text) {
		String lower = text.toLowerCase(Locale.ROOT);
		if (contains(lower, FILTERED)) {
			return FailureKind.CONTENT_POLICY;
		}
		return contains(lower, WRONG_KEY) ? FailureKind.AUTHENTICATION : null;
	}

	/**
	 * A status of the client's fault is not overruled by a vague code of the server's.
	 */
	private static boolean fits(FailureKind kind, int status) {
		boolean ofServer = kind == FailureKind.SERVER_ERROR || kind == FailureKind.TIMED_OUT;
		return !(ofServer && status >= 400 && status < 500);
	}

	private static boolean isRefusal(int status) {
		return status == STREAM || status == 400 || status == 403 || status == 413 || status == 422;
	}

	/** Some servers take it for a failure of their own. */
	private static boolean mayBeTooLong(int status) {
		return isRefusal(status) || status == 500;
	}

	private static boolean contains(String text, List<String> phrases) {
		return phrases.stream().anyMatch(text::contains);
	}

}
