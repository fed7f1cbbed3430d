package io.github.costwise.actuate;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Adds version, mode, ledger and price catalogue to {@code info}, under {@code costwise}.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class CostwiseInfoContributor implements InfoContributor {

	private final CostwiseStatus status;

	/**
	 * Creates a contributor.
	 * @param status what there is to say
	 */
	public CostwiseInfoContributor(CostwiseStatus status) {
		this.status = status;
	}

	@Override
	public void contribute(Info.Builder builder) {
		builder.withDetail("costwise", this.status.about());
	}

}
