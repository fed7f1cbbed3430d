package io.github.costwise.budget.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetAlert;
import io.github.costwise.model.BudgetOverrun;
import io.github.costwise.model.CostEvent;
import io.github.costwise.text.Hex;

/**
 * What is sent, the same in each try. Immutable.
 *
 * @param id its id, by which receivers know a repeated one
 * @param body its body
 */
record WebhookMessage(String id, String body) {

	private static final String ALGORITHM = "HmacSHA256";

	/** The message that an event makes, or {@code null} when it makes none. */
	static @Nullable WebhookMessage of(CostEvent event, WebhookFormat format, Instant at) {
		String id = UUID.randomUUID().toString();
		if (event instanceof BudgetAlert alert) {
			return new WebhookMessage(id, format.body(id, at, alert));
		}
		return (event instanceof BudgetOverrun overrun) ? new WebhookMessage(id, format.body(id, at, overrun)) : null;
	}

	/** The signature of the time of a try, a dot and the body. */
	String signature(String secret, long timestamp) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
			byte[] signed = (timestamp + "." + this.body).getBytes(StandardCharsets.UTF_8);
			return "sha256=" + Hex.of(mac.doFinal(signed));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has " + ALGORITHM, ex);
		}
	}

}
