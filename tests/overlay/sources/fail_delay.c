/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pam_fail_delay, as three programs call it, and its item.
 *
 * Home: linux-pam
 * Also: c++
 */
#include <security/pam_appl.h>
#include <stddef.h>

int slow_down(pam_handle_t *);

static void
no_delay(int status, unsigned int microseconds, void *data)
{
	(void)status;
	(void)microseconds;
	(void)data;
}

int
slow_down(pam_handle_t *pamh)
{
	void (*function)(int, unsigned int, void *) = no_delay;
	const void *value;

#ifdef __cplusplus
	value = reinterpret_cast<const void *>(function);
#else
	value = *(void **)(void *)&function;
#endif
	if (pam_fail_delay(pamh, 2000000) != PAM_SUCCESS)
		return (PAM_SYSTEM_ERR);
	return (pam_set_item(pamh, PAM_FAIL_DELAY, value));
}
