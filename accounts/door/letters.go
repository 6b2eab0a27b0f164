package door

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/internal/jobs"
)

// LetterKind is what a letter says.
type LetterKind string

const (
	ToInvite LetterKind = "invite" // you are invited, with the link to join by
	ToChoose LetterKind = "reset"  // choose another password, with the link for it
)

// Letter is what a Mailer writes and sends.
type Letter struct {
	Kind  LetterKind
	To    string
	Lang  string
	Token string // for the link
	// Of an invitation: to which organisation, in which role, until when.
	Names map[string]string
	Role  accounts.Role
	Until time.Time
}

// Mailer hands a letter to a mail server. jobs.ErrNotDone says that nothing was
// sent and it may be tried again.
type Mailer interface {
	Account(context.Context, Letter) error
}

// Kinds of jobs, and how long they are kept.
const (
	jobInvite  = "people invite"
	jobReset   = "people reset"
	jobNothing = "people nothing" // in the place of one that is held back
	keepLetter = 48 * time.Hour
)

// job makes a job whose body nobody reads without the keys.
func (d *Door) job(kind string, l Letter) (jobs.Job, error) {
	id, err := accounts.NewID(d.Random)
	if err != nil {
		return jobs.Job{}, err
	}
	plain, err := json.Marshal(l)
	if err != nil {
		return jobs.Job{}, err
	}
	now := d.Now()
	j := jobs.Job{ID: id, Kind: kind, Due: now, Expires: now.Add(keepLetter)}
	j.Body, err = d.Keys.Lock("job "+id, plain)
	return j, err
}

func (d *Door) letter(j jobs.Job) (l Letter, err error) {
	plain, err := d.Keys.Unlock("job "+j.ID, j.Body)
	if err != nil {
		return l, err
	}
	return l, json.Unmarshal(plain, &l)
}

// Handlers are for a jobs.Runner.
func (d *Door) Handlers(m Mailer) map[string]jobs.Handler {
	return map[string]jobs.Handler{
		jobNothing: func(context.Context, jobs.Job) error { return nil },
		jobInvite: func(ctx context.Context, j jobs.Job) error {
			l, err := d.letter(j)
			if err != nil {
				return err
			}
			return m.Account(ctx, l)
		},
		jobReset: func(ctx context.Context, j jobs.Job) error { return d.sendReset(ctx, m, j) },
	}
}

// AskReset orders a letter with a link to choose another password. It does the
// same for every address: whether anybody has it, is found out by the job.
func (d *Door) AskReset(ctx context.Context, email, lang string, from netip.Addr) error {
	_, key, err := d.Addresses(email)
	kind := jobReset
	now := d.Now()
	inNetwork := d.byNetwork.Allow(network(from), now)
	if within := d.letters.Allow(key, now); err != nil || !inNetwork || !within {
		kind = jobNothing
	}
	job, err := d.job(kind, Letter{Kind: ToChoose, To: email, Lang: lang})
	if err != nil {
		return err
	}
	return d.Store.AddJobs(ctx, []jobs.Job{job})
}

func (d *Door) sendReset(ctx context.Context, m Mailer, j jobs.Job) error {
	l, err := d.letter(j)
	if err != nil {
		return err
	}
	_, key, err := d.Addresses(l.To)
	if err != nil {
		return err
	}
	p, err := d.Store.PersonByEmail(ctx, key)
	if errors.Is(err, accounts.ErrNone) {
		return nil
	}
	if err == nil {
		l.Token, err = d.secret(ctx, accounts.ToReset, p.ID, resetFor)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", jobs.ErrNotDone, err)
	}
	l.To, l.Until = p.Mail, d.Now().Add(resetFor) // to the address that is known, however it was typed
	return m.Account(ctx, l)
}

// MayReset tells whether a link to choose another password is good.
func (d *Door) MayReset(ctx context.Context, token string) error {
	_, err := d.Store.SeeSecret(ctx, accounts.ToReset, accounts.SecretHash(accounts.ToReset, token), d.Now())
	return err
}

// Reset sets another password by a link and ends all sessions. The second factor
// is still asked for. accounts.ErrNone, errors of accounts.CheckPassword.
func (d *Door) Reset(ctx context.Context, token, password string) error {
	now, hash := d.Now(), accounts.SecretHash(accounts.ToReset, token)
	s, err := d.Store.SeeSecret(ctx, accounts.ToReset, hash, now)
	if err != nil {
		return err
	}
	p, err := d.Store.Person(ctx, s.Person)
	if err != nil {
		return err
	}
	// The link is used up only for a password that will do.
	if err := accounts.CheckPassword(password, p.Mail, p.Name); err != nil {
		return err
	}
	if _, err := d.Store.TakeSecret(ctx, accounts.ToReset, hash, now); err != nil {
		return err
	}
	return d.setPassword(ctx, p, password, "password.reset", "")
}

// Invite invites somebody. The token of the link is for who invites by another
// way than the letter. accounts.ErrKnown for a member, else the error of the
// address.
func (d *Door) Invite(ctx context.Context, by accounts.PersonID, to accounts.Organisation, email string, role accounts.Role, lang string) (token string, err error) {
	mail, key, err := d.Addresses(email)
	if err != nil {
		return "", err
	}
	if token, err = accounts.NewSecret(d.Random); err != nil {
		return "", err
	}
	id, err := accounts.NewID(d.Random)
	if err != nil {
		return "", err
	}
	until := d.Now().Add(accounts.InvitationDays * 24 * time.Hour)
	inv := accounts.Invitation{ID: id, Organisation: to.ID, Email: key, Mail: mail, Role: role, Lang: lang, By: by,
		Hash: accounts.SecretHash(accounts.ToJoin, token), Until: until}
	var letter *jobs.Job
	if by != "" { // the program itself shows the link where it was asked to invite
		j, err := d.job(jobInvite, Letter{Kind: ToInvite, To: mail, Lang: lang, Token: token, Names: to.Names, Role: role, Until: until})
		if err != nil {
			return "", err
		}
		letter = &j
	}
	return token, d.Store.Invite(ctx, inv, letter, d.did(by, "member.invited", string(role)))
}

// Invitation is that of a token, and whether its address is of a person who can
// sign in already. accounts.ErrNone.
func (d *Door) Invitation(ctx context.Context, token string) (inv accounts.Invitation, known bool, err error) {
	inv, err = d.Store.Invitation(ctx, accounts.SecretHash(accounts.ToJoin, token), d.Now())
	if err != nil {
		return inv, false, err
	}
	_, err = d.Store.PersonByEmail(ctx, inv.Email)
	if errors.Is(err, accounts.ErrNone) {
		return inv, false, nil
	}
	return inv, err == nil, err
}

// Join makes a new person of an invitation and begins a session.
// accounts.ErrNone, errors of accounts.CheckPassword.
func (d *Door) Join(ctx context.Context, token, name, password, lang, agent string) (session string, err error) {
	inv, known, err := d.Invitation(ctx, token)
	if err != nil {
		return "", err
	}
	if known { // who has an account joins by it, see JoinAs
		return "", accounts.ErrNone
	}
	if err := accounts.CheckPassword(password, inv.Mail, name); err != nil {
		return "", err
	}
	id, err := accounts.NewID(d.Random)
	if err != nil {
		return "", err
	}
	p := accounts.Person{ID: accounts.PersonID(id), Email: inv.Email, Mail: inv.Mail, Name: name, Lang: lang, Since: d.Now()}
	if p.Password, err = d.hash(ctx, password); err != nil {
		return "", err
	}
	if err := d.join(ctx, token, p); err != nil {
		return "", err
	}
	return d.begin(ctx, p.ID, false, agent)
}

// JoinAs makes the person of a session a member, if the invitation is theirs.
// accounts.ErrNone.
func (d *Door) JoinAs(ctx context.Context, s accounts.Session, token string) error {
	p, err := d.Store.Person(ctx, s.Person)
	if err != nil {
		return err
	}
	return d.join(ctx, token, p)
}

func (d *Door) join(ctx context.Context, token string, p accounts.Person) error {
	_, err := d.Store.Join(ctx, accounts.SecretHash(accounts.ToJoin, token), d.Now(), p, d.did(p.ID, "member.joined", ""))
	return err
}

// Withdraw takes an invitation back. accounts.ErrNone.
func (d *Door) Withdraw(ctx context.Context, by accounts.PersonID, of accounts.OrganisationID, id string) error {
	return d.Store.WithdrawInvitation(ctx, of, id, d.did(by, "invitation.withdrawn", ""))
}

// SetRole gives a member a role, or removes one where it is empty.
// accounts.ErrNone, accounts.ErrLastOwner.
func (d *Door) SetRole(ctx context.Context, by accounts.PersonID, of accounts.OrganisationID, who accounts.PersonID, to accounts.Role) error {
	e := d.did(by, "member.role", string(who)+" "+string(to))
	if to == "" {
		e = d.did(by, "member.removed", string(who))
	}
	return d.Store.SetRole(ctx, of, who, to, e)
}

// AddOrganisation makes an organisation.
func (d *Door) AddOrganisation(ctx context.Context, names map[string]string, bin string) (accounts.Organisation, error) {
	id, err := accounts.NewID(d.Random)
	if err != nil {
		return accounts.Organisation{}, err
	}
	o := accounts.Organisation{ID: accounts.OrganisationID(id), Names: names, BIN: bin, Since: d.Now()}
	return o, d.Store.AddOrganisation(ctx, o, d.did("", "organisation.made", ""))
}
